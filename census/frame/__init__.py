"""The frame: areas, dwellings and households, as the register knows them."""
