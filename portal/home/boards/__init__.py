"""统计一览: the figures of one unit or community for one period as plain data.

``board_of`` works a board out, ``map_of`` its map; pages, Excel, PDF and the API all show what these say.
"""
