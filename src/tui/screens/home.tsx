import { Box } from "ink";
import { fitSections, type Home } from "../model/home.ts";
import type { Binding } from "../model/keys.ts";
import { homeColumns } from "../model/size.ts";
import type { MenuScreen } from "../model/state.ts";
import { MenuBody } from "./menu.tsx";
import { Row } from "./row.tsx";

interface HomeProps {
  readonly screen: MenuScreen;
  readonly home: Home;
  readonly bindings: readonly Binding[];
  readonly columns: number;
  readonly rows: number;
}

/** The menu, and beside it how the platform's business goes; without figures the menu has all the room. */
export function HomeBody({ screen, home, bindings, columns, rows }: HomeProps) {
  const { status, sections } = home;
  const room = sections.length > 0 ? homeColumns(columns) : undefined;
  return (
    <Box flexDirection="column">
      <Row text={`  ${status.text}`} columns={columns} tone={status.tone} />
      <Box>
        <Box width={room ? columns - room - 1 : columns}>
          <MenuBody
            screen={screen}
            bindings={bindings}
            columns={room ? columns - room - 1 : columns}
            rows={rows}
            isUnderStatus
          />
        </Box>
        {room && (
          <Box flexDirection="column" marginLeft={1}>
            {fitSections(sections, rows).map(({ text, tone }, place) => (
              // The place on the screen is the line's identity.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Row key={place} text={text} columns={room} tone={tone} />
            ))}
          </Box>
        )}
      </Box>
    </Box>
  );
}
