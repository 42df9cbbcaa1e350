"""What is published beside the reports: the gallery, the codebook, the methods and the downloads, as plain files.

1. `gallery` knows every figure with its words, in the order in which the notebooks draw them.
2. `shelf` knows every report, and which figures stand in it.
3. `codebook` and `methods` turn tables, readme and reasons into pages.
4. `downloads` writes tables that open as they should in Excel; `contents` says which pages there are and of what.
5. `publish` puts all of it into one folder; `readme` writes the gallery for those who browse the repository.
"""
