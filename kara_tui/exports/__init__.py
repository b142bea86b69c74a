"""The portal's files become clean sessions. The only room with Polars."""
