"""Text files become records: how the file is written, where its header is, what each record is.

``record_reader`` splits any file record by record; ``large_scan`` proves that a large file's lines
are its records and leaves the splitting to Polars.
"""
