"""Messages of this app: one function each, by noun, and this list of who is told what.

What waits for somebody stands in 待办 and is not told a second time: a report that came in, an issue to be
reviewed or signed, what an approver has to sign. Told is what happened to something of one's own:

- ``submission``: returned, adopted, not adopted by the office, or sent back by one's own approver: to the
  unit's officer, deputy and the writer; printed: the same people, all their reports of an issue in one message.
- ``issue``: sent back on its way to sign-off: to who sent it for review.
- ``readership``: an issue has arrived, was corrected or voided (units and leaders that received it).
- ``remark``: passed on (units, who also have it in 待办), answered (who passed it on), to be
  completed (units), settled (the leader).

What a unit owes is brought to mind by the ground (portal.notices.reminding), joined with the rest that lies there.
Messages of calls, points, comments and the like stand in files of their own beside these.
"""
