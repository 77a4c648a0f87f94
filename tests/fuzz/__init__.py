"""Sends what nobody would send, and judges what the system makes of it.

`ground` is a census in which something of every kind waits; `hostile` holds documents made to do
harm, `mutations` takes real instances apart, and `watching` notices faults that an answer hides.
How much is sent is said in `effort`.
"""
