"""Reading strands, updates, next steps and measures."""
