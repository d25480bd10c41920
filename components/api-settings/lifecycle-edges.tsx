import Box from "@mui/material/Box";
import { availableTransitions, type LifecycleState } from "@/lib/model/lifecycle.ts";

type Point = readonly [across: string, down: number];
type Edge = { from: LifecycleState; to: LifecycleState; points: readonly Point[] };

/** Lines between the places of lifecycle-diagram.tsx: across in percent, down in pixels. */
const wideEdges: readonly Edge[] = [
  {
    from: "CREATED",
    to: "PUBLISHED",
    points: [
      ["21%", 26],
      ["27%", 26],
    ],
  },
  {
    from: "PUBLISHED",
    to: "CREATED",
    points: [
      ["27%", 38],
      ["21%", 38],
    ],
  },
  {
    from: "PUBLISHED",
    to: "DEPRECATED",
    points: [
      ["47%", 32],
      ["53%", 32],
    ],
  },
  {
    from: "DEPRECATED",
    to: "RETIRED",
    points: [
      ["73%", 32],
      ["79%", 32],
    ],
  },
  {
    from: "PUBLISHED",
    to: "BLOCKED",
    points: [
      ["35.5%", 52],
      ["35.5%", 108],
    ],
  },
  {
    from: "BLOCKED",
    to: "PUBLISHED",
    points: [
      ["38.5%", 108],
      ["38.5%", 52],
    ],
  },
  {
    from: "BLOCKED",
    to: "DEPRECATED",
    points: [
      ["47%", 128],
      ["63%", 128],
      ["63%", 52],
    ],
  },
];

const narrowEdges: readonly Edge[] = [
  {
    from: "CREATED",
    to: "PUBLISHED",
    points: [
      ["20%", 44],
      ["20%", 84],
    ],
  },
  {
    from: "PUBLISHED",
    to: "CREATED",
    points: [
      ["28%", 84],
      ["28%", 44],
    ],
  },
  {
    from: "PUBLISHED",
    to: "DEPRECATED",
    points: [
      ["24%", 124],
      ["24%", 164],
    ],
  },
  {
    from: "DEPRECATED",
    to: "RETIRED",
    points: [
      ["24%", 204],
      ["24%", 244],
    ],
  },
  {
    from: "PUBLISHED",
    to: "BLOCKED",
    points: [
      ["44%", 98],
      ["56%", 98],
    ],
  },
  {
    from: "BLOCKED",
    to: "PUBLISHED",
    points: [
      ["56%", 110],
      ["44%", 110],
    ],
  },
  {
    from: "BLOCKED",
    to: "DEPRECATED",
    points: [
      ["76%", 124],
      ["76%", 184],
      ["44%", 184],
    ],
  },
];

/** The arrows of the lifecycle diagram; those that can be taken now are in the accent colour. */
export function LifecycleEdges({ state }: { state: LifecycleState }) {
  return (
    <>
      <Arrows edges={wideEdges} state={state} id="wide" display={{ xs: "none", sm: "block" }} />
      <Arrows edges={narrowEdges} state={state} id="narrow" display={{ xs: "block", sm: "none" }} />
    </>
  );
}

type ArrowsProps = { edges: readonly Edge[]; state: LifecycleState; id: string; display: { xs: string; sm: string } };

function Arrows({ edges, state, id, display }: ArrowsProps) {
  const targets = availableTransitions(state).map(({ targetState }) => targetState);
  return (
    <Box component="svg" aria-hidden sx={{ position: "absolute", inset: 0, width: 1, height: 1, display }}>
      {edges.map((edge) => {
        const open = edge.from === state && targets.includes(edge.to);
        const name = `arrow-${id}-${edge.from}-${edge.to}`;
        return (
          <Box component="g" key={name} sx={{ color: open ? "primary.main" : "text.disabled" }}>
            <marker id={name} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0L8 4L0 8z" fill="currentColor" />
            </marker>
            {edge.points.slice(1).map((point, index) => {
              const [x1, y1] = edge.points[index] ?? point;
              const [x2, y2] = point;
              const last = index === edge.points.length - 2;
              return (
                <line
                  key={`${x2}-${y2}`}
                  {...{ x1, y1, x2, y2 }}
                  stroke="currentColor"
                  strokeWidth={open ? 2 : 1}
                  markerEnd={last ? `url(#${name})` : undefined}
                />
              );
            })}
          </Box>
        );
      })}
    </Box>
  );
}
