"""A depth-buffered rasterizer for small pictures, compiled by numba: 45,000 triangles at 96x96 in a few milliseconds."""

import numpy as np
from numba import njit


@njit(cache=True, fastmath=True)
def fill(places, depth, triangles, values, out, nearest):
    """Draws per-vertex `values` [V,K] into `out` [H,W,K]; `nearest` [H,W] holds the depth of what is there (greater is nearer)."""
    high, wide, kinds = out.shape
    for t in range(len(triangles)):
        i, j, k = triangles[t]
        ax, ay, bx, by, cx, cy = places[i, 0], places[i, 1], places[j, 0], places[j, 1], places[k, 0], places[k, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        # Seen from the front, y downward, the corners of what faces the viewer run counterclockwise.
        if area > -1e-9:
            continue
        left, right = max(0, int(np.floor(min(ax, bx, cx)))), min(wide - 1, int(np.floor(max(ax, bx, cx))))
        top, bottom = max(0, int(np.floor(min(ay, by, cy)))), min(high - 1, int(np.floor(max(ay, by, cy))))
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                px, py = x + 0.5, y + 0.5
                u = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area
                v = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area
                w = 1 - u - v
                if u < 0 or v < 0 or w < 0:
                    continue
                z = u * depth[i] + v * depth[j] + w * depth[k]
                if z > nearest[y, x]:
                    nearest[y, x] = z
                    for n in range(kinds):
                        out[y, x, n] = u * values[i, n] + v * values[j, n] + w * values[k, n]


@njit(cache=True, fastmath=True)
def normals(vertices, triangles):
    """Unit normals of the vertices, weighted by area."""
    out = np.zeros_like(vertices)
    for t in range(len(triangles)):
        i, j, k = triangles[t]
        ax, ay, az = vertices[j, 0] - vertices[i, 0], vertices[j, 1] - vertices[i, 1], vertices[j, 2] - vertices[i, 2]
        bx, by, bz = vertices[k, 0] - vertices[i, 0], vertices[k, 1] - vertices[i, 1], vertices[k, 2] - vertices[i, 2]
        x, y, z = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        for v in (i, j, k):
            out[v, 0] += x
            out[v, 1] += y
            out[v, 2] += z
    for v in range(len(out)):
        length = np.sqrt(out[v, 0] ** 2 + out[v, 1] ** 2 + out[v, 2] ** 2) + 1e-12
        out[v, 0] /= length
        out[v, 1] /= length
        out[v, 2] /= length
    return out
