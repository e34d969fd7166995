/** Begins the console in the page that was served. */
import './tokens.css';
import './parts/parts.css';
import './shell/shell.css';
import { render } from 'preact';
import { begin } from './session/session.ts';
import { Console } from './shell/console.tsx';
import { place } from './shell/place.ts';
import './shell/newer.ts';

if (place.value.path !== '/signed-in') void begin();
const room = document.getElementById('console');
if (room) render(<Console />, room);
