import type { ReactNode } from 'react';

export type IconProps = { readonly size?: number; readonly className?: string };
export type Icon = (props: IconProps) => ReactNode;

const icon =
  (shape: ReactNode): Icon =>
  ({ size = 16, className }) => (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shape}
    </svg>
  );

export const BirdIcon = icon(
  <>
    <path d="M2 9.6c2.6 0 3.5-1.1 4.6-2.8C7.7 5.1 9.2 3.5 11 3.5l2.5 1.8-2.2.6c-.5 3.2-2.7 5.8-5.8 5.8-1.6 0-2.7-.8-3.5-2.1Z" />
    <path d="M6.2 11.7 4.8 13.7M8 11.3l-.6 2.2" />
  </>,
);
export const StartIcon = icon(<path d="M2.5 7.3 8 2.8l5.5 4.5v5.9h-3.7V9.6H6.2v3.6H2.5Z" />);
export const ImportIcon = icon(<path d="M8 2.5v7m0 0L5.2 6.7M8 9.5l2.8-2.8M2.5 10.5v3h11v-3" />);
export const ExploreIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.3" />
    <path d="m10.2 10.2 3.3 3.3" />
  </>,
);
export const DecisionsIcon = icon(
  <>
    <path d="m2.5 4.2 1.2 1.2 2-2.3M2.5 10.7l1.2 1.2 2-2.3" />
    <path d="M8.3 4.5h5.2M8.3 11h5.2" />
  </>,
);
export const RunIcon = icon(
  <>
    <circle cx="3.7" cy="3.7" r="1.6" />
    <circle cx="3.7" cy="12.3" r="1.6" />
    <circle cx="12.3" cy="8" r="1.6" />
    <path d="M5.3 3.7h2.5c1.5 0 1.5 4.3 2.9 4.3M5.3 12.3h2.5c1.5 0 1.5-4.3 2.9-4.3" />
  </>,
);
export const RulesIcon = icon(
  <>
    <path d="M3 2.5h7l3 3v8H3Z" />
    <path d="M5.3 6.2h2.2M5.3 8.6h5.4M5.3 11h5.4" />
  </>,
);
export const AbuseIcon = icon(
  <>
    <path d="M8 2.3 14 13.2H2Z" />
    <path d="M8 6.5v3.2M8 11.4v.1" />
  </>,
);
export const BenignIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.6" />
    <path d="m5.6 8.2 1.7 1.7 3.2-3.6" />
  </>,
);
export const UnsureIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.6" />
    <path d="M6.5 6.5c0-1.9 3-1.9 3 0 0 1.2-1.5 1.2-1.5 2.5M8 11.1v.1" />
  </>,
);
export const OddIcon = icon(
  <>
    <circle cx="5.8" cy="10.2" r="3.8" />
    <circle cx="12.3" cy="3.7" r="1.7" fill="currentColor" />
  </>,
);
export const AlikeIcon = icon(
  <>
    <circle cx="6" cy="8" r="3.8" />
    <circle cx="10" cy="8" r="3.8" />
  </>,
);
export const RankIcon = icon(<path d="M2.5 4h5M2.5 8h4M2.5 12h3M11.5 12.8V3.5M8.9 6l2.6-2.6L14.1 6" />);
export const UndecidedIcon = icon(<circle cx="8" cy="8" r="5.6" strokeDasharray="2 2.2" />);
export const CloseIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const CheckIcon = icon(<path d="m3 8.5 3.2 3.2L13 4.5" />);
export const ChevronDownIcon = icon(<path d="m4.5 6.3 3.5 3.5 3.5-3.5" />);
export const ArrowUpIcon = icon(<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7" />);
export const ArrowDownIcon = icon(<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9" />);
export const ArrowRightIcon = icon(<path d="M3.5 8h9M9 4.5 12.5 8 9 11.5" />);
export const PlusIcon = icon(<path d="M8 3.2v9.6M3.2 8h9.6" />);
export const MinusIcon = icon(<path d="M3.2 8h9.6" />);
export const MoreIcon = icon(
  <>
    <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth={2.2} />
  </>,
);
export const UndoIcon = icon(<path d="M5.5 3 2.5 6l3 3M2.7 6h6.8a3.5 3.5 0 0 1 0 7H6" />);
export const RedoIcon = icon(<path d="m10.5 3 3 3-3 3M13.3 6H6.5a3.5 3.5 0 0 0 0 7H10" />);
export const DownloadIcon = ImportIcon;
export const UploadIcon = icon(<path d="M8 9.5v-7m0 0L5.2 5.3M8 2.5l2.8 2.8M2.5 10.5v3h11v-3" />);
export const FileIcon = icon(<path d="M9 2.3H4v11.4h8V5.3ZM9 2.3v3h3" />);
export const FolderIcon = icon(
  <path d="M2.3 4.2c0-.6.4-1 1-1H6l1.5 1.6h5.2c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H3.3c-.6 0-1-.4-1-1Z" />,
);
export const LockIcon = icon(
  <>
    <rect x="3.3" y="7" width="9.4" height="6.5" rx="1.2" />
    <path d="M5.3 7V5.2a2.7 2.7 0 0 1 5.4 0V7" />
  </>,
);
export const KeyIcon = icon(
  <>
    <circle cx="5" cy="11" r="2.5" />
    <path d="m6.8 9.2 6.2-6.2M10.8 5.2l1.9 1.9" />
  </>,
);
export const WarnIcon = AbuseIcon;
export const InfoIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.6" />
    <path d="M8 7.3v3.5M8 5.2v.1" />
  </>,
);
export const OfflineIcon = icon(
  <>
    <path d="M8 2.3 3.2 4v3.7c0 3 2 5 4.8 6 2.8-1 4.8-3 4.8-6V4Z" />
    <path d="m5.9 8 1.5 1.5 2.8-3" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <rect x="1.8" y="4" width="12.4" height="8.2" rx="1.2" />
    <path d="M4.5 6.7h.1M7 6.7h.1M9.5 6.7h.1M11.8 6.7h.1M5 9.6h6" />
  </>,
);
export const ThemeIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.6" />
    <path d="M8 2.4v11.2A5.6 5.6 0 0 0 8 2.4Z" fill="currentColor" />
  </>,
);
export const MaskIcon = icon(<path d="M2 8s2.2-3.8 6-3.8S14 8 14 8s-2.2 3.8-6 3.8S2 8 2 8ZM3 13 13 3" />);
export const TemplateIcon = icon(
  <path d="M2.5 2.8h11v3.4h-11ZM2.5 8.8h4.7v4.5H2.5ZM9.7 8.8h3.8M9.7 11h3.8M9.7 13.2h2.5" />,
);
export const DatabaseIcon = icon(
  <>
    <ellipse cx="8" cy="4" rx="5" ry="1.8" />
    <path d="M3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8" />
  </>,
);
