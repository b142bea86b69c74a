"""The file as it lies there: its bytes, what kind it is, what is packed in it, and the caps."""
