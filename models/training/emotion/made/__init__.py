"""Faces made with facekit: one person's motion from rest to apex and back, drawn or put onto a photograph."""
