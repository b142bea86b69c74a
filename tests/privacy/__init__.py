"""Non-interference: what stands in columns of clients makes no difference to anything."""
