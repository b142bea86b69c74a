"""Widgets of the wizard's own. Each says which measured figure a stock one would not reach."""
