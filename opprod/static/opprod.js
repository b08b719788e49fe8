// Pages work without this; it makes them quicker. Each part does nothing on a page without its data- hook.
import { initAll } from './vendor/nhsuk-frontend.min.js';
import { startListEditors } from './list-editor.js';
import { startProgress } from './progress.js';
import { startSectionEditors } from './section-editor.js';
import { guardSubmits } from './submit-once.js';
import { watchForms } from './unsaved.js';
import { startUploads } from './upload.js';

initAll();
startListEditors();
guardSubmits();
watchForms();
startProgress();
startUploads();
startSectionEditors();
