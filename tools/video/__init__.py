"""Draws the site's own videos and encodes them: `python -m tools.video [diffs|short]`.

The results are committed, so neither the site nor its tests need this package, ffmpeg or the fonts (Debian:
`ffmpeg fonts-lato fonts-sil-charis`). The videos are silent: what they say stands in their captions, and those are
written here too, so that picture and words cannot part.
"""
