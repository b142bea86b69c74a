"""Questions over a dimmed page: each is a modal screen that gives its answer, or None for none."""
