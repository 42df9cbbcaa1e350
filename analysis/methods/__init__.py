"""The methods, one module a topic: pure functions of numbers and tables, which draw nothing and write nothing.

In reading order: `units` and `comparability` say which numbers belong together; `growth`, `pathways`, `progress` and
`ambition` (with `composite`) what they mean; `plans` and `measures` what the documents state and do.
"""
