"""Run notebooks and publish their reports, in this order.

1. `record` keeps what is known of every run: what it was made of, what it made, and how long that took.
2. `stale` says which reports are out of date, and why.
3. `orders` is what a run is given and what it gives back.
4. `engine` and `execute` run one notebook and make its page; `warm` is imported ahead of them.
5. `worker` and `pool` run many at once in processes of this machine, `cluster` and `station` on others;
   `dispatch` chooses.
6. `collected` and `publish` put results, whole or not at all, where readers find them.
7. `build` is all of these together.
"""

# What notebooks import of the library, at hand before they run.
LIBRARY = ("figures", "texts", "methods.ambition", "methods.measures", "methods.progress", "reports.results")
