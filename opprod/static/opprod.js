// Pages work without this; it makes them quicker. Each part does nothing on a page without its data- hook.
import { initAll } from './vendor/nhsuk-frontend.min.js';
import { watchForms } from './unsaved.js';
import { startListEditors } from './list-editor.js';
import { startProgress } from './progress.js';

initAll();
startListEditors();
watchForms();
startProgress();
