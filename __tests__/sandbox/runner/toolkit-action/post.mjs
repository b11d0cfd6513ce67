import * as core from '@actions/core'

core.info(`${core.getState('started')} ${process.env.MADE?.length} ${process.env.PATH?.startsWith('/made/bin:')}`)
