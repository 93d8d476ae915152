import { EventEmitter } from "node:events";
import { render } from "ink";
import type { State } from "./model/state.ts";
import { App } from "./screens/app.tsx";

/** Turns states into frames. */
export interface Frames {
  /** The whole screen as text: rows separated by line feeds, colours within them. */
  draw(state: State): string;
  unmount(): void;
}

/**
 * Mounts the app on a screen that is no terminal: Ink lays frames out and never writes, reads or asks a terminal
 * itself. This is the only file that knows how Ink is run.
 */
export function mountFrames(): Frames {
  let frame = "";
  const stdout = Object.assign(new EventEmitter(), {
    columns: 80,
    write(text: string) {
      frame = text;
      return true;
    },
  });
  let ink: ReturnType<typeof render> | undefined;
  return {
    draw(state) {
      stdout.columns = state.size.columns;
      const app = <App state={state} />;
      if (ink) ink.rerender(app);
      else ink = render(app, { ...streams(stdout), debug: true, patchConsole: false, exitOnCtrlC: false });
      return frame;
    },
    unmount: () => ink?.unmount(),
  };
}

/** Ink wants whole streams; of these it uses what is here. */
function streams(stdout: EventEmitter) {
  return {
    stdout: stdout as NodeJS.WriteStream,
    stderr: new EventEmitter() as NodeJS.WriteStream,
    stdin: new EventEmitter() as NodeJS.ReadStream,
  };
}
