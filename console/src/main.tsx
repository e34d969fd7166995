/** Begins the console in the page that was served. */
import { render } from 'preact';

const room = document.getElementById('console');
if (room) render(<p>Baton</p>, room);
