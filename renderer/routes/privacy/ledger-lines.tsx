import type { LedgerLine } from '../../../core/api/contract.ts';
import { moment, shortId, spentWords } from './amounts.ts';
import css from './privacy.module.css';

/** The lines of the ledger as sentences, the newest first. */
export const LedgerLines = ({ lines }: { readonly lines: readonly LedgerLine[] }) => (
  <div className={css.scrollX}>
    <table className={css.table}>
      <caption className="visually-hidden">Lines of the ledger, the newest first</caption>
      <thead>
        <tr>
          <th className={css.number}>Line</th>
          <th>When (UTC)</th>
          <th>What happened</th>
          <th>Request</th>
          <th className={css.number}>Spent after it</th>
        </tr>
      </thead>
      <tbody>
        {[...lines].reverse().map((line) => (
          <tr key={line.seq}>
            <td className={css.number}>{line.seq}</td>
            <td className={css.noWrap}>{moment(line.at)}</td>
            <td>{line.sentence}</td>
            <td className={css.mono}>{line.request === null ? '' : shortId(line.request)}</td>
            <td className={css.number}>{spentWords(line.spent)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
