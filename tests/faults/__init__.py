"""Breaks the running system in every way that can be made on one machine, and judges what is left.

`served` is the real application with places at which it can be made to die; `nemesis` kills,
freezes and starves it; `proxy` loses what is sent and what is answered; `workload` is what tablets,
offices and readers do meanwhile, as `history` remembers it; `judge` reads everything at the end.
"""
