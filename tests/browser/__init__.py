"""The pages as people meet them: in Chromium, in Thai and in English, on a tablet and at a desk."""
