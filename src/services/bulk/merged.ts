import { cellName } from "../../sheets/merges.ts";
import type { Merge, Sheet, SheetRow } from "../../sheets/sheet.ts";
import type { Problem, Reading } from "./cells.ts";
import { trimSpaces } from "./keys.ts";

/**
 * Reads the rows once more where cells were made one: a person sees the value in all of them, and the file has it in
 * the first alone. Whether the others are to have it too, nobody can tell.
 */
export async function tellMerged(
  sheet: Sheet,
  { columns }: Pick<Reading, "columns">,
  tell: (problem: Problem) => void,
): Promise<void> {
  const starts = new Map<number, Merge[]>();
  for (const merge of sheet.merges) starts.set(merge.top, [...(starts.get(merge.top) ?? []), merge]);
  let open: readonly Merge[] = [];
  const tellRow = (row: SheetRow) => {
    const begun = (starts.get(row.line) ?? []).filter(({ left }) => isFilled(row, left));
    open = [...open.filter(({ bottom }) => bottom >= row.line), ...begun];
    for (const merge of open) {
      for (const { index, header } of columns) {
        const isFirst = row.line === merge.top && index === merge.left;
        if (index < merge.left || index > merge.right || isFirst || isFilled(row, index)) continue;
        const message = `it is merged with ${cellName(merge)}, which alone has the value: unmerge it`;
        tell({ row: row.line, column: header, value: "", message });
      }
    }
  };
  for await (const batch of sheet.batches()) for (const row of batch) tellRow(row);
}

const isFilled = ({ cells }: SheetRow, index: number) => trimSpaces(cells[index] ?? "") !== "";
