"""What the suite withstands: corrupt tables and attacks."""
