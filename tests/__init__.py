"""The tests, which read as claims."""
