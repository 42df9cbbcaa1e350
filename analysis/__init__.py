"""What Chinese cities promise in their intellectual-property plans, compared with care.

Reading order, which is also the direction in which data flow:

1. `tables` reads and checks the curated tables, and a user's own rows that lie over them; nothing else reads `data/`.
2. `methods` are pure functions of tables and numbers, one file a topic.
3. `texts` are tables and sentences in both languages, one file a topic.
4. `figures` are one module each: its rows, its words and its drawing.
5. `reports` runs the notebooks, which call 2 to 4, and publishes their pages.
6. `site` is what stands beside the reports: gallery, codebook, methods, downloads.
7. `verify` looks up every printed value in the original documents, `audit` accounts for every numeral of them;
   `workbook` writes all tables for Excel; `new_city` makes the stubs of a user's own rows, and `read_plan` proposes
   them from a plan's text.
8. `cli` are the lines that users type; `python -m analysis --help` lists them.

Below all of these lie `errors` that a user can act on, `files`, the two languages of `language`, and the `style` of
figures.
"""

import logging

__version__ = "0.1.0"

# Where no font cache can be kept, a slow machine would say so in the midst of a report, and another one would not.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
