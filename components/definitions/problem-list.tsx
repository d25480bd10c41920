import Box from "@mui/material/Box";
import Link from "@mui/material/Link";
import Typography from "@mui/material/Typography";
import { type DefinitionProblem, problemInLine } from "@/lib/model/definition-report.ts";

type ProblemListProps = {
  problems: readonly DefinitionProblem[];
  /** Goes to where a problem is; absent: there is nothing to go to. */
  onShow?: (problem: DefinitionProblem) => void;
};

/** What is wrong with a document, by line and column. */
export function ProblemList({ problems, onShow }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <Box component="ul" aria-label="Problems of the document" sx={{ m: 0, mt: 1, pl: 2.5 }}>
      {problems.map((problem) => (
        <Typography key={problemInLine(problem)} component="li" variant="body2" sx={{ overflowWrap: "anywhere" }}>
          {onShow ? (
            <Link component="button" type="button" onClick={() => onShow(problem)} sx={{ textAlign: "left" }}>
              {problemInLine(problem)}
            </Link>
          ) : (
            problemInLine(problem)
          )}
        </Typography>
      ))}
    </Box>
  );
}
