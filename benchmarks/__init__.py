"""What the engine costs, beside other ways to run the same notebooks: `make bench`."""
