"""What must never be lost. The only room with SQLite."""
