"""All payments of a file as a table: each column understood as a whole, into values or findings."""
