/** Small pictures beside words; they say nothing of their own. */
const paths = {
  inbox: 'M3 13l3-8h12l3 8v6H3zM3 13h5l1.5 3h5L16 13h5',
  check: 'M4 12.5l5 5L20 6.5',
  people: 'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.5a3.5 3.5 0 010 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500',
  board: 'M4 4h4.500v16H4zM10 4h4.500v10H10zM16 4h4v13h-4z',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  chart: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  building: 'M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  form: 'M5 4h14v16H5zM8 8h8M8 12h8M8 16h4',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4',
  pulse: 'M3 12h4l2.500-7 5 14 2.500-7h4',
  flag: 'M6 21V4h11l-2 4 2 4H6',
  shapes: 'M4 4h7v7H4zM17 3.500l4 7h-8zM7.500 21a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM14 14h6v6h-6z',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM20 20l-4-4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  person: 'M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c.7-4.500 3.600-7 8-7s7.300 2.500 8 7',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  phone: 'M6 3h4l1.500 5-2.500 2a12 12 0 005 5l2-2.500 5 1.500v4c0 1-1 2-2 2A16 16 0 014 5c0-1 1-2 2-2z',
  mail: 'M3 6h18v12H3zM3 7l9 6.500L21 7',
  close: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3.500 2',
};

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.700"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
