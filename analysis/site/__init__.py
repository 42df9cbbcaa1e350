"""What is published beside the reports, as plain files.

1. `gallery` knows every figure with its words, in the order in which reports draw them.
2. `codebook` turns tables, readme and reasons into rows, and makes tables that open as they should in Excel.
3. `pages` says which pages there are, and of what.
4. `website` puts all of it into one folder.
"""
