"""Run notebooks and publish their reports, in this order.

1. `notebooks` knows the notebooks, what their parameters take, and which runs a request means.
2. `results` is what a notebook calls to record its headline numbers.
3. `run` runs one notebook by its `engine` and makes its `page`; `warm` is imported ahead of them.
4. `pool` runs many at once in processes of this machine; `cluster` does so on others, where a `station` has a pool.
5. `publishing` puts results, whole or not at all, where readers find them.
6. `freshness` is the record of what every report was made of, and says which are out of date.
7. `build` is all of these together.
"""

# What notebooks import of the library, at hand before they run.
LIBRARY = ("figures", "texts", "methods.ambition", "methods.measures", "methods.progress", "reports.results")
