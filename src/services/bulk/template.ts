import { type Field, importable, type Noun } from "../../domain/noun.ts";
import { openOutFile } from "../../host/outfile.ts";
import type { TemplateColumn } from "../../sheets/template.ts";

/**
 * Writes an empty sheet with a column for each field that can be imported; as CSV the header alone.
 * @throws usage when the file is there already, or can't be written
 */
export async function writeImportTemplate(path: string, noun: Noun): Promise<void> {
  const columns = importable(noun).map((field) => columnOf(noun, field));
  if (!/\.csv$/i.test(path)) {
    const { writeTemplate } = await import("../../sheets/template.ts");
    await writeTemplate(await openOutFile(path, false), columns);
    return;
  }
  const { createWriter } = await import("../../sheets/write.ts");
  const writer = await createWriter("csv", await openOutFile(path, false), columns);
  await writer.close();
}

function columnOf(noun: Noun, { name, label, kind, required }: Field): TemplateColumn {
  const isId = name === noun.idField;
  const comment = isId
    ? `${label}: leave it empty for a new ${noun.name}`
    : `${label}: ${kind.hint}${required ? ", required" : ""}`;
  return { name, label: name, type: "text", comment, ...(kind.choices && { choices: kind.choices }) };
}
