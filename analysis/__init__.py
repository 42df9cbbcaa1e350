"""What Chinese cities promise in their intellectual-property plans, compared with care.

Reading order, which is also the direction in which data flow:

1. `tables` reads and checks the curated tables; nothing else reads `data/`.
2. `units`, `growth`, `comparability` and `measures` are the methods: pure functions of tables and numbers.
3. `language`, `functions`, `captions`, `present` and `present_measures` put results into English and Chinese words
   and tables.
4. `style`, `charts` and `figures` draw them and write them, the last being the only writer of figures.
5. `notebooks`, `report` and `build` run the notebooks and publish what they make.
6. `verify` looks up every printed value in the original documents.

`python -m analysis --help` lists the commands.
"""

__version__ = "0.1.0"
