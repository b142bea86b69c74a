"""The wizard: its colours, its keys, its steps, and how it behaves in a real terminal."""
