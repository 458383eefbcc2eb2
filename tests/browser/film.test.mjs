// An evening's presses, filmed picture by picture, with and without motion: none is empty, nothing flashes. Frames are of the
// screen itself, small; what counts is the light of what stands on the ground, not the ground.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Server, browse } from "./hall.mjs";
import {
  draw,
  plates,
  screen,
  stage,
  standings,
  timer,
  view,
  vote,
} from "./stage.mjs";

const SIZE = [640, 360];

/** Every press of an evening: what it is called, and what the hall sees after it. */
function presses(url) {
  const at = (phase, more) => stage(phase, { pitch: "R1-P3", ...more });
  const up = at("closed", { progress: { k: 7, n: 7 }, announcing: true });
  const board = (n) => ({ ...plates(7, n), pitch: "R1-P3" });
  const row = (n, place) => ({
    pitch: `R1-P${n}`,
    place,
    score: place === 1 ? "96.40" : "91.25",
    k: 7,
  });
  const step = (...steps) => ({
    count: 12,
    standings_frozen: true,
    reveal: { mode: "last-to-first", steps },
  });
  const told = { is: "places", track: "", rows: [row(3, 3)] };
  const unveiling = {
    id: "S1",
    kind: "unveiling",
    title: "长三角创业学院揭牌",
    names: ["王小明", "李建国"],
    secs: 0,
    past: true,
  };
  return [
    ["cover", view("cover", { url })],
    ["unveiling", view("segment", { segments: [unveiling], segment: "S1" })],
    [
      "unveiled",
      view("segment", { segments: [unveiling], segment: "S1", unveiled: true }),
    ],
    ["draw", view("draw", { draw: draw(12, "called") })],
    ["on deck", view("on-deck")],
    [
      "pitching",
      view("pitch", { stage: at("pitching"), timer: timer("pitch", 300) }),
    ],
    ["questions", view("pitch", { stage: at("qa"), timer: timer("qa", 300) })],
    [
      "scoring",
      view("pitch", { stage: at("scoring", { progress: { k: 3, n: 7 } }) }),
    ],
    [
      "closed",
      view("pitch", { stage: at("closed", { progress: { k: 7, n: 7 } }) }),
    ],
    ["plates up", view("pitch", { stage: up, plates: board(0) })],
    ["three turned", view("pitch", { stage: up, plates: board(3) })],
    ["all turned", view("pitch", { stage: up, plates: board(7) })],
    ["struck", view("pitch", { stage: up, plates: board("struck") })],
    ["scored", view("pitch", { stage: up, plates: board("scored") })],
    [
      "placed",
      view("pitch", {
        stage: at("revealed"),
        standings: standings(7),
        plates: board("scored"),
      }),
    ],
    [
      "leaderboard",
      view("leaderboard", { stage: at("revealed"), standings: standings(7) }),
    ],
    ["vote", view("vote", { vote: vote("open", 12, false) })],
    ["voted", view("vote", { vote: vote("revealed", 12, false) })],
    ["reveal", view("reveal", step())],
    ["third", view("reveal", step(told))],
    [
      "last two",
      view(
        "reveal",
        step(told, { is: "remaining", track: "", pitches: ["R1-P1", "R1-P2"] }),
      ),
    ],
    [
      "first",
      view(
        "reveal",
        step(told, { is: "places", track: "", rows: [row(1, 1), row(2, 2)] }),
      ),
    ],
    [
      "award",
      view("reveal", step({ is: "award", name: "一等奖", pitches: ["R1-P1"] })),
    ],
    ["podium 1", view("podium", { standings: standings(10), podium_told: 1 })],
    ["podium 2", view("podium", { standings: standings(10), podium_told: 2 })],
  ];
}

/** The light of what stands on the ground, in each frame: 0 to 255. */
const lights = (page, frames) =>
  page.evaluate(async (frames) => {
    const found = [];
    for (const frame of frames) {
      const bytes = Uint8Array.from(atob(frame), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const pen = new OffscreenCanvas(160, 90).getContext("2d", {
        willReadFrequently: true,
      });
      pen.drawImage(image, 0, 0, 160, 90);
      const { data } = pen.getImageData(0, 0, 160, 90);
      let sum = 0;
      for (let at = 0; at < data.length; at += 4)
        sum += Math.max(
          0,
          0.2126 * data[at] +
            0.7152 * data[at + 1] +
            0.0722 * data[at + 2] -
            40,
        );
      found.push(sum / (data.length / 4));
    }
    return found;
  }, frames);

describe("film of an evening", () => {
  let server, browser;

  before(async () => {
    server = await Server.serve();
    browser = await browse();
  });
  after(async () => {
    await browser?.close();
    await server?.end();
  });

  for (const motion of ["on", "off"]) {
    test(`motion ${motion}: no picture is empty between two, and nothing flashes more than three times a second`, async () => {
      const page = await screen(browser, server, SIZE, { motion });
      const bench = await page.context().newPage();
      const session = await page.context().newCDPSession(page);
      const frames = [];
      session.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
        frames.push({ data, at: metadata.timestamp });
        void session
          .send("Page.screencastFrameAck", { sessionId })
          .catch(() => undefined);
      });
      const found = [];
      let last = 0;
      await page.shows(presses(server.url)[0][1]);
      await page.bringToFront();
      await session.send("Page.startScreencast", {
        format: "jpeg",
        quality: 60,
        everyNthFrame: 1,
      });
      for (const [name, view] of presses(server.url).slice(1)) {
        frames.length = 0;
        await page.shows(view, { settle: false });
        await page.waitForTimeout(motion === "on" ? 900 : 250);
        const taken = frames.splice(0);
        const end = (
          await page.screenshot({ type: "jpeg", quality: 60 })
        ).toString("base64");
        const all = await lights(bench, [
          ...taken.map(({ data }) => data),
          end,
        ]);
        const least = Math.min(...all);
        const now = all.at(-1);
        const floor = Math.min(last || now, now) / 2;
        if (least < floor)
          found.push(
            `${name}: ${least.toFixed(1)} between ${last.toFixed(1)} and ${now.toFixed(1)}`,
          );
        // A flash: there and back again by a tenth of the full light.
        let [turns, way, from] = [0, 0, all[0]];
        for (const light of all) {
          const next =
            Math.abs(light - from) < 25 ? 0 : Math.sign(light - from);
          if (next === 0) continue;
          if (way !== 0 && next !== way) turns += 1;
          way = next;
          from = light;
        }
        if (turns > 3) found.push(`${name}: flashes ${turns} times`);
        last = now;
      }
      await session.send("Page.stopScreencast");
      assert.deepEqual(found, []);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }
});
