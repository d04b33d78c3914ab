// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { scoreHistogramExample } from '../../renderer/plots/score-histogram.ts';
import { Threshold } from '../../renderer/plots/threshold.tsx';
import { TimeBrush } from '../../renderer/plots/time-brush.tsx';
import type { TimeRange } from '../../renderer/plots/time.ts';

const bins = { from: 0, to: 100_000, count: 100, stepMs: 1000 };

beforeAll(() => {
  Object.assign(HTMLElement.prototype, { setPointerCapture: () => {}, releasePointerCapture: () => {} });
});
afterEach(() => document.body.replaceChildren());

const brushed = (value: TimeRange | null, act: (frame: Element) => void): (TimeRange | null)[] => {
  const onChange = vi.fn<(range: TimeRange | null) => void>();
  render(createElement(TimeBrush, { bins, left: 0, right: 0, width: 1000, height: 60, value, onChange }));
  const frame = screen.getByTestId('time-brush').parentElement;
  if (frame !== null) act(frame);
  return onChange.mock.calls.map(([range]) => range);
};
const drag = (frame: Element, from: number, to: number): void => {
  fireEvent.pointerDown(frame, { clientX: from, button: 0, pointerId: 1 });
  fireEvent.pointerMove(frame, { clientX: (from + to) / 2, pointerId: 1 });
  fireEvent.pointerMove(frame, { clientX: to, pointerId: 1 });
  fireEvent.pointerUp(frame, { clientX: to, pointerId: 1 });
};

describe('time brush', () => {
  it('chooses whole bins by dragging, and says so once, on release', () => {
    expect(brushed(null, (frame) => drag(frame, 104, 298))).toEqual([{ from: 10_000, to: 30_000 }]);
  });

  it('chooses backwards too', () => {
    expect(brushed(null, (frame) => drag(frame, 298, 104))).toEqual([{ from: 10_000, to: 30_000 }]);
  });

  it('moves as a whole, and stops at the ends', () => {
    const value = { from: 10_000, to: 30_000 };
    expect(brushed(value, (frame) => drag(frame, 200, 250))).toEqual([{ from: 15_000, to: 35_000 }]);
    document.body.replaceChildren();
    expect(brushed(value, (frame) => drag(frame, 200, 5000))).toEqual([{ from: 80_000, to: 100_000 }]);
  });

  it('moves an edge by pointer, never past the other', () => {
    const value = { from: 10_000, to: 30_000 };
    expect(brushed(value, (frame) => drag(frame, 300, 420))).toEqual([{ from: 10_000, to: 42_000 }]);
    document.body.replaceChildren();
    expect(brushed(value, (frame) => drag(frame, 300, 20))).toEqual([{ from: 10_000, to: 11_000 }]);
  });

  it('does nothing on a click', () => {
    const click = (frame: Element): void => {
      fireEvent.pointerDown(frame, { clientX: 50, button: 0, pointerId: 1 });
      fireEvent.pointerUp(frame, { clientX: 50, pointerId: 1 });
    };
    expect(brushed(null, click)).toEqual([]);
  });

  it('is moved and taken away by keys alone', () => {
    const value = { from: 10_000, to: 30_000 };
    const keys = (key: string, edge: string, shiftKey = false) => {
      const calls = brushed(value, () => {
        fireEvent.keyDown(screen.getByRole('slider', { name: edge }), { key, shiftKey });
      });
      document.body.replaceChildren();
      return calls;
    };
    expect(keys('ArrowLeft', 'From')).toEqual([{ from: 9000, to: 30_000 }]);
    expect(keys('ArrowRight', 'To', true)).toEqual([{ from: 10_000, to: 40_000 }]);
    expect(keys('Delete', 'From')).toEqual([null]);
    expect(keys('a', 'From')).toEqual([]);
  });
});

describe('threshold', () => {
  const data = scoreHistogramExample;
  const pressed = (value: number | null, key: string): (number | null)[] => {
    const onChange = vi.fn<(score: number | null) => void>();
    render(createElement(Threshold, { data, width: 444, height: 100, value, onChange }));
    fireEvent.keyDown(screen.getByRole('slider'), { key });
    document.body.replaceChildren();
    return onChange.mock.calls.map(([score]) => score);
  };

  it('steps from bin to bin by keys, and ends at the ends', () => {
    expect(pressed(null, 'ArrowRight')).toEqual([data.edges[1]]);
    expect(pressed(data.edges[5] ?? 0, 'ArrowLeft')).toEqual([data.edges[4]]);
    expect(pressed(data.edges[1] ?? 0, 'PageDown')).toEqual([null]);
    expect(pressed(null, 'End')).toEqual([data.edges[39]]);
    expect(pressed(null, 'Tab')).toEqual([]);
  });

  it('says how long the queue gets while it is dragged, and gives the score on release', () => {
    const onChange = vi.fn<(score: number | null) => void>();
    render(createElement(Threshold, { data, width: 444, height: 100, value: null, onChange }));
    const slider = screen.getByRole('slider');
    const frame = slider.parentElement;
    if (frame === null) throw new Error('no frame');
    fireEvent.pointerDown(frame, { clientX: 34 + 300, button: 0, pointerId: 1 });
    expect(onChange).not.toHaveBeenCalled();
    const above = [30, 31, 32, 33, 34, 35, 36, 37, 38, 39];
    const size = above.reduce(
      (sum, i) => sum + (data.none[i] ?? 0) + (data.abuse[i] ?? 0) + (data.benign[i] ?? 0) + (data.unsure[i] ?? 0),
      0,
    );
    expect(slider.textContent).toBe(`≥ ${(data.edges[30] ?? 0).toFixed(2)}: ${size}`);
    fireEvent.pointerUp(frame, { pointerId: 1 });
    expect(onChange).toHaveBeenCalledExactlyOnceWith(data.edges[30]);
  });
});
