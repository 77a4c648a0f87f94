"""Assignment: field periods, enumerators, and the areas leased to them."""
