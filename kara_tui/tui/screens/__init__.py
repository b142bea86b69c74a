"""Whole screens: Home, the wizard with its seven steps, my details, problems, help, browsing."""
