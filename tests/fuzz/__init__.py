"""Fuzzing of the reader: any bytes are an export, or are refused in our own words."""
