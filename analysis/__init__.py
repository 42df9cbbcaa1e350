"""What Chinese cities promise in their intellectual-property plans, compared with care.

Reading order, which is also the direction in which data flow:

1. `tables` reads and checks the curated tables, and a user's own rows that lie over them; nothing else reads `data/`,
   and `plain` opens no file that is not one. `new_city` makes the stubs of such rows.
2. `units`, `growth`, `comparability`, `pathways`, `progress`, `composite`, `ambition`, `promises`, `overview` and
   `measures` are the methods: pure functions of tables and numbers, over `vectors`. `verify_methods` recomputes
   published results with them.
3. `language`, `functions`, `captions`, `arrange` and `present` put results into English and Chinese words and tables.
4. `style`, `charts` and `figures` draw them and write them, the last being the only writer of figures, over `files`.
5. `notebooks` says which runs a request means, `results` records a notebook's numbers, `report` makes its page in the
   frame of `pages`, with the Chinese of `fonts` inside it, and `suite` runs notebooks and publishes what they make.
6. `sheets` and `workbook` write the tables for Excel, `site` the website and the gallery.
7. `verify` looks up every printed value in the original documents.

`python -m analysis --help` lists the commands.
"""

__version__ = "0.1.0"
