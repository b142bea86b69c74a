"""Which header fills which field, and which columns are never looked into.

``aliases.toml`` has the portal's names of columns; a user's own are judged by ``clients`` and
``own_columns``, so that no client's column is read.
"""
