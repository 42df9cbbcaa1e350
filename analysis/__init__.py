"""What Chinese cities promise in their intellectual-property plans, compared with care.

Reading order, which is also the direction in which data flow:

1. `tables` reads and checks the curated tables, and a user's own rows that lie over them; nothing else reads `data/`.
   `new_city` makes the stubs of such rows.
2. The methods are pure functions of tables and numbers. How numbers change and compare: `units`, `growth`,
   `comparability`, `pathways`, `progress`, `composite`, `ambition`. What the documents say: `overview`, `promises`,
   `levels`, `measures`.
3. Results become words and pictures in both languages: `arrange` puts rows in the order of a figure, `captions` writes
   what stands around it, `present` the tables and sentences beside it; `charts` draws in the `style` of the suite, and
   `figures` alone writes figures.
4. Notebooks become reports: `notebooks` says which runs a request means, `parameters` what each takes, `results`
   records a notebook's numbers, `suite` runs notebooks and publishes what they make, `report` makes a page in the frame
   of `pages`, with the Chinese of `fonts` inside it.
5. What stands beside the reports: `sheets` and `workbook` write the tables for Excel, `site` the website and the
   gallery.
6. `verify` looks up every printed value in the original documents, `verify_methods` recomputes published results.
7. `commands` are the lines that users type; `python -m analysis --help` lists them.

Below all of these lie `errors` that a user can act on, `words` and `language` for English and Chinese, `paths`, `plain`
for reading and `files` for writing, `digests` of files and code, `rows` and `vectors` for what methods take, and `lean`
imports.
"""

__version__ = "0.1.0"
