"""The message to Kara Connect. The only room that speaks to mail servers."""
