"""The wall: fourteen pages of counts that managers read. Pure text and pictures; the numbers come in from outside.

`pages` says what stands on each page, `page` sets it as Markdown, HTML or plain text, `tables` hides small numbers,
`drawing` makes the pictures.
"""
