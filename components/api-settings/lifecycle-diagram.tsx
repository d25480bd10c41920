import Box from "@mui/material/Box";
import Typography from "@mui/material/Typography";
import { availableTransitions, type LifecycleState, lifecycleStates } from "@/lib/model/lifecycle.ts";
import { LifecycleEdges } from "./lifecycle-edges.tsx";
import { lifecycleStateNames } from "./lifecycle-words.ts";

/** Centre of each state: across in percent, down in pixels, on a narrow and on a wide screen. */
const places = {
  CREATED: { left: { xs: "24%", sm: "11%" }, top: { xs: 24, sm: 32 } },
  PUBLISHED: { left: { xs: "24%", sm: "37%" }, top: { xs: 104, sm: 32 } },
  BLOCKED: { left: { xs: "76%", sm: "37%" }, top: { xs: 104, sm: 128 } },
  DEPRECATED: { left: { xs: "24%", sm: "63%" }, top: { xs: 184, sm: 32 } },
  RETIRED: { left: { xs: "24%", sm: "89%" }, top: { xs: 264, sm: 32 } },
} as const satisfies Record<LifecycleState, object>;

/** The states of an API and the ways between them. To assistive technology it is a list with the current state marked. */
export function LifecycleDiagram({ state }: { state: LifecycleState }) {
  const reachable = availableTransitions(state).map(({ targetState }) => targetState);
  return (
    <Box sx={{ position: "relative", height: { xs: 292, sm: 160 }, maxWidth: 760 }}>
      <LifecycleEdges state={state} />
      <Box component="ol" aria-label="Lifecycle states" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {lifecycleStates.map((each) => (
          <LifecycleNode key={each} state={each} current={each === state} reachable={reachable.includes(each)} />
        ))}
      </Box>
    </Box>
  );
}

function LifecycleNode({ state, current, reachable }: { state: LifecycleState; current: boolean; reachable: boolean }) {
  return (
    <Box
      component="li"
      aria-current={current ? "step" : undefined}
      sx={{
        position: "absolute",
        ...places[state],
        transform: "translate(-50%, -50%)",
        width: { xs: "40%", sm: "20%" },
        height: 40,
        display: "flex",
        flexDirection: "column",
        alignItems: "center",
        justifyContent: "center",
        borderRadius: 2,
        border: current ? 2 : 1,
        borderStyle: current || reachable ? "solid" : "dashed",
        borderColor: current || reachable ? "primary.main" : "divider",
        bgcolor: current ? "primary.main" : "background.paper",
        color: current ? "primary.contrastText" : "text.primary",
      }}
    >
      <Typography variant="body2" sx={{ fontWeight: 500, lineHeight: 1.2 }}>
        {lifecycleStateNames[state]}
      </Typography>
      {current && (
        <Typography variant="caption" sx={{ lineHeight: 1.1 }}>
          now
        </Typography>
      )}
    </Box>
  );
}
