"""The installed command in a process of its own, on real files: what goes in and what comes out."""
