"""The sample programme: facts of the source documents S0–S4 told in sentences of our own.

Only for a demonstration; people in it are posts. ``load_sample`` plays it through the portal's own
services, so that every state in it came about the way a user would bring it about.
"""
